/** Keys as they are written on a keyboard; in their order in every language. */
export function Kbd({ keys }: { keys: string[] }) {
  return (
    <span dir="ltr" className="flex gap-1">
      {keys.map((key) => (
        <kbd
          key={key}
          className="rounded border border-line bg-sunken px-1.5 font-mono text-xs text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
