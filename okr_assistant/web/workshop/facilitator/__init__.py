"""The facilitator's pages and the projector, in Streamlit."""
