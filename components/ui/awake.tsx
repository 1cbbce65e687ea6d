"use client";

import { useEffect } from "react";

/** Marks the document once its buttons and keys answer: until then it is only a picture of itself. */
export function Awake() {
  useEffect(() => {
    document.documentElement.dataset.awake = "";
  }, []);
  return null;
}
