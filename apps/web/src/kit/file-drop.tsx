import { type ReactNode, useRef, useState } from 'react'
import { Button } from './button.tsx'

interface FileDropProps {
  /** MIME types that can be chosen. */
  types: readonly string[]
  onFiles: (files: Iterable<File>) => void
  /** What is said on the button, and beside it. */
  action: ReactNode
  hint: string
  /** What is there already. */
  children: ReactNode
}

/** Takes files that are dropped on it, or chosen by its button: the browser's own means, which weigh nothing. */
export function FileDrop({ types, onFiles, action, hint, children }: FileDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [isOver, setOver] = useState(false)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only mice drop; for everybody else there is the button
    <div
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        const to = event.relatedTarget
        if (!(to instanceof Node && event.currentTarget.contains(to))) setOver(false)
      }}
      onDrop={(event) => {
        setOver(false)
        if (event.dataTransfer.files.length === 0) return
        event.preventDefault()
        onFiles([...event.dataTransfer.files])
      }}
      className={`flex flex-col gap-3 rounded-control border border-dashed p-3
        ${isOver ? 'border-accent bg-accent-soft' : 'border-line'}`}
    >
      {children}
      <div className="flex flex-wrap items-center gap-3">
        <input
          ref={input}
          type="file"
          hidden
          multiple
          accept={types.join()}
          onChange={({ target }) => {
            onFiles([...(target.files ?? [])])
            // The same file can be chosen again.
            target.value = ''
          }}
        />
        <Button size="small" onPress={() => input.current?.click()}>
          {action}
        </Button>
        <span className="text-sm text-muted pointer-coarse:hidden">{hint}</span>
      </div>
    </div>
  )
}
