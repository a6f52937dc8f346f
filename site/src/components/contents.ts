const links = new Map(
  [...document.querySelectorAll<HTMLAnchorElement>(".contents a")].map((
    link,
  ) => [decodeURIComponent(link.hash.slice(1)), link]),
);

/** Marks the section that is being read: the last one whose heading has passed the top third of the window. */
const observer = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    for (const [id, link] of links) {
      if (id === target.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }
}, { rootMargin: "0px 0px -66% 0px" });

for (const id of links.keys()) {
  const heading = document.getElementById(id);
  if (heading !== null) observer.observe(heading);
}
