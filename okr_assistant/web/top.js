// A page that has become another one under the same address begins at its top.
document.querySelector("[data-testid=stMain]")?.scrollTo(0, 0);
