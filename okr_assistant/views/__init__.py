"""What one screen or document shows, as plain data with finished sentences; no drawing, no Streamlit."""
