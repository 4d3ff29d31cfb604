import { Plus, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { Button } from '../../../../kit/button.tsx'
import { Field } from '../../../../kit/field.tsx'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'
import { Length } from './length.tsx'
import { useRange } from './use-range.ts'

/** Several texts, one after the other; no fewer than `min`. */
export function ListInput({ field, place, value, onChange }: FieldProps<'list'>) {
  const { t, show } = useLanguage()
  const { hint, min, max = Number.POSITIVE_INFINITY, item, isRequired } = field
  const label = show.said(field.label)
  const items: unknown[] = Array.isArray(value) ? value : []
  const range = useRange()(min || undefined, field.max)
  const focusNext = useRef<string | null>(null)
  useEffect(() => {
    if (focusNext.current) document.getElementById(focusNext.current)?.focus()
    focusNext.current = null
  })
  const change = (next: unknown[], focus: number) => {
    focusNext.current = next.length > 0 ? `${place}/${focus}` : `${place}/add`
    onChange(next)
  }
  const added = Array.from({ length: items.length === 0 ? Math.max(1, min) : 1 }, () => '')
  const room = item.max ?? Number.POSITIVE_INFINITY
  return (
    <fieldset id={place} tabIndex={-1} className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      {items.map((one, at) => {
        const text = typeof one === 'string' ? one : JSON.stringify(one)
        const name = `${label} ${show.number(at + 1)}`
        const id = `${place}/${at}`
        const over = text.length - room
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text has no name but its place
          <div key={at} className="flex items-start gap-1">
            <div className="min-w-0 grow">
              <Field
                id={id}
                label={name}
                isLabelHidden
                aria-describedby={`${id}/length`}
                {...(over > 0 && { problem: t('compose.over', { number: show.number(over) }) })}
                value={text}
                onChange={(said) => onChange(items.with(at, said))}
              >
                <Length id={`${id}/length`} label={name} used={text.length} max={room} />
              </Field>
            </div>
            {(!isRequired || items.length > min) && (
              <Button
                look="quiet"
                size="icon"
                aria-label={t('compose.removeImage', { name })}
                onPress={() => change(items.toSpliced(at, 1), Math.max(0, at - 1))}
              >
                <X aria-hidden className="size-4" />
              </Button>
            )}
          </div>
        )
      })}
      {(hint || range) && (
        <p className="text-sm text-muted">
          {[hint && show.said(hint), range].filter(Boolean).join(' · ')}
        </p>
      )}
      {items.length < max && (
        <span>
          <Button
            id={`${place}/add`}
            size="small"
            onPress={() => change([...items, ...added], items.length)}
          >
            <Plus aria-hidden className="size-4" />
            {t('compose.setting.add', { name: label })}
          </Button>
        </span>
      )}
    </fieldset>
  )
}
