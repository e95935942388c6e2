// One listener for every "Copy link" button on the page, however often Streamlit draws them anew.
if (!window.okrCopies) {
  window.okrCopies = true;
  document.addEventListener("click", async (event) => {
    const button = event.target.closest?.("[data-copy]");
    if (!button) return;
    button.parentElement.removeAttribute("data-only-here"); // it is somewhere else now, or will be in a moment
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    } catch {
      // No clipboard, as on plain http in a local network: the address is selected, to be copied by hand.
      const field = document.querySelector(`[data-address="${CSS.escape(button.dataset.copy)}"]`);
      field?.select?.();
    }
  });
}
