"""The heart: what a model says about a sheet. Pure: no Streamlit, no clock, no files but through the loader."""
