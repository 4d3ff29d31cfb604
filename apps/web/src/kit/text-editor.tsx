import { type ReactNode, useRef } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { looksArabic, withPersianLetters } from '../language/bidi.ts'
import { useLanguage } from '../language/use-language.tsx'

interface TextEditorProps {
  label: string
  value: string
  onChange: (text: string) => void
  rows?: number
  placeholder?: string
  /** Where a finding that names this field leads to. */
  id?: string
  /** Takes pictures that are pasted or dropped. */
  onFiles?: (files: Iterable<File>) => void
  /** How much of the text fits; the rest is marked. */
  fits?: number
  /** Beside the label. */
  children?: ReactNode
}

const face = 'px-3 py-2 text-base leading-7 [unicode-bidi:plaintext]'

/** A text as it will be posted: each paragraph in its own direction, Persian letters where Arabic ones were pasted. */
export function TextEditor({
  label,
  value,
  onChange,
  rows = 6,
  placeholder,
  id,
  onFiles,
  fits = value.length,
  children,
}: TextEditorProps) {
  const { t } = useLanguage()
  const area = useRef<HTMLTextAreaElement>(null)
  const behind = useRef<HTMLDivElement>(null)
  const insert = (text: string) => {
    const { current: at } = area
    if (!at) return
    at.focus()
    at.setRangeText(text, at.selectionStart, at.selectionEnd, 'end')
    onChange(at.value)
  }
  return (
    <TextField value={value} onChange={onChange} className="flex flex-col gap-1">
      <div className="flex items-center justify-between gap-2">
        <Label className="text-sm font-medium">{label}</Label>
        {children}
        <button
          type="button"
          onClick={() => insert('\u200c')}
          className="ms-auto min-h-8 rounded-control px-2 text-xs text-muted hover:bg-sunken hover:text-ink pointer-coarse:min-h-11"
        >
          {t('compose.zwnj')}
        </button>
      </div>
      <div className="relative grid overflow-hidden rounded-control bg-surface">
        {fits < value.length && (
          <div
            ref={behind}
            aria-hidden
            dir="auto"
            className={`absolute inset-0 overflow-hidden border border-transparent break-words whitespace-pre-wrap
              text-transparent ${face}`}
          >
            {value.slice(0, fits)}
            <mark className="rounded bg-bad-soft text-transparent">{value.slice(fits)}</mark>
          </div>
        )}
        <TextArea
          ref={area}
          id={id}
          dir="auto"
          rows={rows}
          placeholder={placeholder}
          onScroll={() => behind.current?.scrollTo({ top: area.current?.scrollTop ?? 0 })}
          onKeyDown={(event) => {
            // As on Persian keyboards: Shift and the key of 2, with Ctrl.
            if (event.ctrlKey && event.shiftKey && event.code === 'Digit2') {
              event.preventDefault()
              insert('\u200c')
            }
          }}
          onPaste={(event) => {
            const { files } = event.clipboardData
            const pasted = event.clipboardData.getData('text/plain')
            // Spreadsheets offer a picture of the cells beside their text.
            if (onFiles && files.length > 0 && pasted === '') {
              event.preventDefault()
              onFiles([...files])
              return
            }
            if (!/[يك]/.test(pasted) || looksArabic(pasted)) return
            event.preventDefault()
            insert(withPersianLetters(pasted))
          }}
          // A file that is dropped would otherwise be opened, and the page be gone.
          onDragOver={(event) => {
            if (event.dataTransfer.types.includes('Files')) event.preventDefault()
          }}
          onDrop={(event) => {
            const { files } = event.dataTransfer
            if (files.length === 0) return
            event.preventDefault()
            onFiles?.([...files])
          }}
          className={`relative field-sizing-content min-h-24 w-full resize-y rounded-control border border-line-strong
            bg-transparent data-focused:outline-2 data-focused:-outline-offset-2 data-focused:outline-focus ${face}`}
        />
      </div>
    </TextField>
  )
}
