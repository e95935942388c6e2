"""Pictures from views, as Altair charts; no Streamlit. Every picture has a table beside it on its page."""
