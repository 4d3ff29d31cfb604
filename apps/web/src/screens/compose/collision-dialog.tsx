import type { Post } from '../../api/types.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { useLanguage } from '../../language/use-language.tsx'
import { type Draft, draftOf } from './draft.ts'

interface CollisionDialogProps {
  /** As the post is by now. */
  theirs: Post
  yours: Draft
  onDecide: (draft: Draft) => void
  onClose: () => void
}

/** Two people changed one post: a person says what stays. */
export default function CollisionDialog({
  theirs,
  yours,
  onDecide,
  onClose,
}: CollisionDialogProps) {
  const { t } = useLanguage()
  const other = draftOf(theirs, yours)
  const both: Draft = {
    ...yours,
    parts: [
      { ...yours.parts[0], text: `${other.parts[0].text}\n\n${yours.parts[0].text}` },
      ...yours.parts.slice(1),
    ],
  }
  return (
    <Dialog role="alertdialog" size="wide" title={t('compose.collision')} isOpen onClose={onClose}>
      <p>{t('compose.collisionText')}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Side title={t('compose.theirs')} draft={other} />
        <Side title={t('compose.yours')} draft={yours} />
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onPress={() => onDecide(other)}>{t('compose.keepTheirs')}</Button>
        <Button onPress={() => onDecide(both)}>{t('compose.keepBoth')}</Button>
        <Button look="primary" onPress={() => onDecide(yours)}>
          {t('compose.keepYours')}
        </Button>
      </div>
    </Dialog>
  )
}

function Side({ title, draft }: { title: string; draft: Draft }) {
  return (
    <section className="rounded-control border border-line p-3">
      <h3 className="mb-1 text-sm text-muted">{title}</h3>
      {draft.parts.map(({ key, text }) => (
        <p key={key} dir="auto" className="whitespace-pre-wrap">
          {text}
        </p>
      ))}
    </section>
  )
}
