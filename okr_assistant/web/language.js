// Streamlit's page says that it is in English; this tells browsers and screen readers which language it is in.
for (const mark of document.querySelectorAll("[data-page-language]")) {
  document.documentElement.lang = mark.dataset.pageLanguage;
}
