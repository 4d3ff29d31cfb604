import { useRef } from 'react'
import { Label, TextArea, TextField } from 'react-aria-components'
import { looksArabic, withPersianLetters } from '../../language/bidi.ts'
import { useLanguage } from '../../language/use-language.tsx'

interface TextEditorProps {
  label: string
  isLabelHidden?: boolean
  value: string
  onChange: (text: string) => void
  rows?: number
  placeholder?: string
  /** Where a finding that names this field leads to. */
  id?: string
  /** Takes pictures that are pasted. */
  onFiles?: (files: Iterable<File>) => void
}

/** A text as it will be posted: each paragraph in its own direction, Persian letters where Arabic ones were pasted. */
export function TextEditor({
  label,
  isLabelHidden = false,
  value,
  onChange,
  rows = 6,
  placeholder,
  id,
  onFiles,
}: TextEditorProps) {
  const { t } = useLanguage()
  const area = useRef<HTMLTextAreaElement>(null)
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
        <Label className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>{label}</Label>
        <button
          type="button"
          onClick={() => insert('\u200c')}
          className="ms-auto min-h-8 rounded-control px-2 text-xs text-muted hover:bg-sunken hover:text-ink"
        >
          {t('compose.zwnj')}
        </button>
      </div>
      <TextArea
        ref={area}
        id={id}
        dir="auto"
        rows={rows}
        placeholder={placeholder}
        onKeyDown={(event) => {
          // As on Persian keyboards: Shift and the key of 2, with Ctrl.
          if (event.ctrlKey && event.shiftKey && event.code === 'Digit2') {
            event.preventDefault()
            insert('\u200c')
          }
        }}
        onPaste={(event) => {
          const { files } = event.clipboardData
          if (onFiles && files.length > 0) {
            event.preventDefault()
            onFiles(files)
            return
          }
          const pasted = event.clipboardData.getData('text/plain')
          if (!/[يك]/.test(pasted) || looksArabic(pasted)) return
          event.preventDefault()
          insert(withPersianLetters(pasted))
        }}
        className="field-sizing-content min-h-24 w-full resize-y rounded-control border border-line-strong bg-surface
          px-3 py-2 text-base leading-7 data-focused:outline-2 data-focused:outline-focus [unicode-bidi:plaintext]"
      />
    </TextField>
  )
}
