// A page that has become another one under the same address begins at its top; once, however often it is drawn anew.
{
  const number = [...document.querySelectorAll("[data-read]")].at(-1)?.dataset.read;
  if (number !== window.okrRead) {
    window.okrRead = number;
    document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
  }
}
