import type { MetadataRoute } from "next";

/** How a phone shows the product on its home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: "Wheelhouse",
    short_name: "Wheelhouse",
    description: "Every customer is a hub.",
    start_url: "/",
    display: "standalone",
    background_color: "#fdfcfa",
    theme_color: "#f7f5f1",
    icons: [
      { src: "/icon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
      { src: "/apple-icon.png", sizes: "180x180", type: "image/png" },
    ],
  };
}
