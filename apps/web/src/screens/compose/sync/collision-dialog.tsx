import { useState } from 'react'
import type { Post } from '../../../api/types.ts'
import { Button } from '../../../kit/button.tsx'
import { Segments } from '../../../kit/choice.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { type Draft, draftOf } from '../draft/draft.ts'
import { differences, type Field, theirChanges } from './differences.ts'
import { FieldValue, useFieldName } from './field-value.tsx'

interface CollisionDialogProps {
  /** The post when editing began here. */
  base: Post | null
  /** The post on the server now. */
  theirs: Post
  yours: Draft
  onDecide: (draft: Draft) => void
  onClose: () => void
}

type Side = 'theirs' | 'yours' | 'both'

/**
 * Two people changed one post: a person chooses for each field. A field that only one of them changed has that value
 * preselected.
 */
export default function CollisionDialog({
  base,
  theirs,
  yours,
  onDecide,
  onClose,
}: CollisionDialogProps) {
  const { t } = useLanguage()
  const nameOf = useFieldName()
  const other = draftOf(theirs, yours)
  const was = base ? draftOf(base, yours) : other
  const fields = theirChanges(was, yours, other)
  const mine = new Set(differences(was, yours).map(({ id }) => id))
  const [chosen, setChosen] = useState<Record<string, Side>>(() =>
    Object.fromEntries(
      fields.filter(({ id }) => !mine.has(id)).map(({ id }) => [id, 'theirs' as const]),
    ),
  )
  const all = (side: Side) =>
    onDecide(fields.reduce((draft, field) => merged(field, side, draft, other), yours))
  const decided = fields.every(({ id }) => chosen[id])
  return (
    <Dialog role="alertdialog" size="wide" title={t('compose.collision')} isOpen onClose={onClose}>
      <p>{t('compose.collisionText')}</p>
      <ul className="flex flex-col gap-4">
        {fields.map((field) => (
          <li key={field.id} className="flex flex-col gap-2">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <h3 className="font-medium">{nameOf(field)}</h3>
              <Segments
                label={nameOf(field)}
                isLabelHidden
                value={chosen[field.id] ?? ('' as Side)}
                onChange={(side) => setChosen((now) => ({ ...now, [field.id]: side }))}
                options={[
                  { id: 'theirs', label: t('compose.theirs') },
                  { id: 'yours', label: t('compose.yours') },
                  ...(field.both ? [{ id: 'both' as const, label: t('compose.both') }] : []),
                ]}
              />
            </div>
            <div className="grid gap-3 sm:grid-cols-2">
              {(['theirs', 'yours'] as const).map((side) => (
                <section
                  key={side}
                  className={`min-w-0 rounded-control border p-3 ${
                    chosen[field.id] === side || chosen[field.id] === 'both'
                      ? 'border-accent bg-accent-soft'
                      : 'border-line'
                  }`}
                >
                  <h4 className="mb-1 text-sm text-muted">{t(`compose.${side}`)}</h4>
                  <FieldValue field={field} draft={side === 'theirs' ? other : yours} />
                </section>
              ))}
            </div>
          </li>
        ))}
      </ul>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={() => all('theirs')}>{t('compose.keepTheirs')}</Button>
        <Button onPress={() => all('yours')}>{t('compose.keepYours')}</Button>
        <Button
          look="primary"
          isDisabled={!decided}
          onPress={() =>
            onDecide(
              fields.reduce(
                (draft, field) => merged(field, chosen[field.id] ?? 'yours', draft, other),
                yours,
              ),
            )
          }
        >
          {t('compose.takeOver')}
        </Button>
      </div>
    </Dialog>
  )
}

function merged(field: Field, side: Side, yours: Draft, theirs: Draft): Draft {
  if (side === 'theirs') return field.take(yours, theirs)
  return side === 'both' && field.both ? field.both(theirs, yours) : yours
}
