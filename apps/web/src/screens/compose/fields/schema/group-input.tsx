import { Plus, X } from 'lucide-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Button } from '../../../../kit/button.tsx'
import { useLanguage } from '../../../../language/use-language.tsx'
import type { FieldProps } from './field-props.ts'
import { newGroup } from './settings.ts'

/** Fields that are added and removed together. */
export function GroupInput({
  field,
  place,
  value,
  onChange,
  children,
}: FieldProps<'group'> & { children: ReactNode }) {
  const { t, show } = useLanguage()
  const name = show.said(field.label)
  const isThere = value !== undefined
  const wasThere = useRef(isThere)
  useEffect(() => {
    // The button that was pressed is gone: the focus goes to the element in its place.
    if (wasThere.current !== isThere) document.getElementById(place)?.focus()
    wasThere.current = isThere
  }, [isThere, place])
  if (!isThere && !field.isRequired) {
    return (
      <span>
        <Button id={place} size="small" onPress={() => onChange(newGroup(field.fields))}>
          <Plus aria-hidden className="size-4" />
          {t('compose.setting.add', { name })}
        </Button>
      </span>
    )
  }
  return (
    <fieldset
      id={place}
      tabIndex={-1}
      className="relative flex min-w-0 flex-col gap-4 rounded-control border border-line-strong p-3"
    >
      <legend className="px-1 text-sm font-medium">{name}</legend>
      {field.hint && <p className="text-sm text-muted">{show.said(field.hint)}</p>}
      {children}
      {!field.isRequired && (
        <span>
          <Button look="quiet" size="small" onPress={() => onChange(undefined)}>
            <X aria-hidden className="size-4" />
            {t('compose.removeImage', { name })}
          </Button>
        </span>
      )}
    </fieldset>
  )
}
