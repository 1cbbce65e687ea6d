/** A key as it is printed on a keyboard. */
export function Kbd({ children }: { children: string }) {
  return (
    <kbd className="hidden md:inline-block min-w-4.5 rounded-mark border border-hairline-strong border-b-2 bg-float px-1 text-center font-sans text-11 text-ink-3 group-data-[kind=primary]/button:border-current group-data-[kind=primary]/button:bg-transparent group-data-[kind=primary]/button:text-current">
      {children}
    </kbd>
  );
}
