"""The participants' plain pages, which phones load without Streamlit."""
