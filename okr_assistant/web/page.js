// What Streamlit leaves to the browser when a page begins, and when it is left.
for (const mark of document.querySelectorAll("[data-page]")) {
  // The document says that it is in English; this tells browsers and screen readers which language it is in.
  document.documentElement.lang = mark.dataset.pageLanguage;
  // A page that comes quickly is drawn over the one before, and stays scrolled as far down as that was.
  if (window.okrPage !== undefined && window.okrPage !== mark.dataset.page) {
    document.querySelector("[data-testid=stMain]").scrollTop = 0;
  }
  window.okrPage = mark.dataset.page;
}
if (!window.okrAsks) {
  window.okrAsks = true;
  // A reload begins a new session, in which nothing is of what was only in this tab: the browser asks before.
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("[data-only-here]")) event.preventDefault();
  });
}
