"""How it is drawn: folium and print. Knows no Streamlit, reads no table."""
