"""Everything that knows Streamlit or HTTP."""
