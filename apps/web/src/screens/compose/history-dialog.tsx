import { useQuery } from '@tanstack/react-query'
import { revisions } from '../../api/queries.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog } from '../../kit/dialog.tsx'
import { Loaded } from '../../kit/states.tsx'
import { TextDiff } from '../../kit/text-diff.tsx'
import { useLanguage } from '../../language/use-language.tsx'

interface HistoryDialogProps {
  postId: string
  onClose: () => void
  onRestore: (text: string) => void
}

/** Every version of a post, with what changed, the newest first. */
export default function HistoryDialog({ postId, onClose, onRestore }: HistoryDialogProps) {
  const { t, show } = useLanguage()
  const query = useQuery(revisions(postId))
  return (
    <Dialog size="wide" title={t('compose.history')} isOpen onClose={onClose}>
      <Loaded query={query}>
        {(items) => {
          const ordered = items.toSorted((one, other) => other.version - one.version)
          return (
            <ol className="flex flex-col gap-4">
              {ordered.map(({ version, at, said }, index) => (
                <li key={`${version} ${at}`} className="flex flex-col gap-1">
                  <span className="flex items-center justify-between gap-2 text-sm text-muted">
                    {t('compose.version', { number: show.number(version) })} · {show.when(at)}
                    {said.text !== undefined && (
                      <Button size="small" onPress={() => onRestore(said.text ?? '')}>
                        {t('compose.restore')}
                      </Button>
                    )}
                  </span>
                  <TextDiff
                    before={ordered.slice(index + 1).find((one) => one.said.text)?.said.text ?? ''}
                    after={said.text ?? ''}
                  />
                </li>
              ))}
            </ol>
          )
        }}
      </Loaded>
    </Dialog>
  )
}
