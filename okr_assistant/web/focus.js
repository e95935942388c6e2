// Streamlit draws anew what changes, and the keyboard's place is lost with the button that was pressed
// (streamlit/streamlit#11230). Then it goes to the heading which that stood under, or to that of a new page.
if (!window.okrFocus) {
  window.okrFocus = true;
  const SETTLED_MS = 100; // nothing was drawn for so long; what closes a menu has put the focus back by then
  let had; // what has, or had, the focus
  let under; // the heading above it
  let byKeyboard = false;
  let waiting = 0;

  function above(element) {
    const follows = (heading) => heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll("h1, h2, h3")].filter(follows).pop();
  }

  function look() {
    if (!had || had.isConnected || document.activeElement !== document.body) return;
    const heading = under?.isConnected ? under : document.querySelector("h1");
    if (!heading) return; // the new page is on its way
    heading.tabIndex = -1;
    heading.focus({ preventScroll: !byKeyboard });
  }

  document.addEventListener("focusin", (event) => {
    had = event.target;
    under = above(had);
    byKeyboard = had.matches(":focus-visible");
  });
  new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(look, SETTLED_MS);
  }).observe(document.body, { childList: true, subtree: true });
}
