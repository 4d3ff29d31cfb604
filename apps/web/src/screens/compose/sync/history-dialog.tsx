import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { members } from '../../../api/queries.ts'
import { revisions } from '../../../api/revisions.ts'
import type { Revision } from '../../../api/types.ts'
import { useMay } from '../../../app/session.ts'
import { Button } from '../../../kit/button.tsx'
import { Dialog } from '../../../kit/dialog.tsx'
import { More } from '../../../kit/more.tsx'
import { itemsOf } from '../../../kit/pages.ts'
import { Loaded } from '../../../kit/states.tsx'
import { TextDiff } from '../../../kit/text-diff.tsx'
import { useLanguage } from '../../../language/use-language.tsx'
import { contentOfRevision, type Draft, type Time } from '../draft/draft.ts'
import { differences, type Field } from './differences.ts'
import { FieldValue, useFieldName } from './field-value.tsx'

type Words = Omit<Draft, keyof Time>

interface HistoryDialogProps {
  postId: string
  onClose: () => void
  onRestore: (said: Words) => void
}

/** The time has a history of its own, in the audit log. */
const asDraft = (said: Words): Draft => ({ ...said, when: 'draft', local: '', zone: '' })

/** All versions of a post, the newest first, with who made each and what changed; each can be restored as a whole. */
export default function HistoryDialog({ postId, onClose, onRestore }: HistoryDialogProps) {
  const { t, show } = useLanguage()
  const may = useMay()
  const query = useInfiniteQuery({ ...revisions(postId), staleTime: 0 })
  const people = useQuery({ ...members, enabled: may('members:read') }).data ?? []
  return (
    <Dialog size="wide" title={t('compose.history')} isOpen onClose={onClose}>
      <Loaded query={{ data: itemsOf(query.data), error: query.error, refetch: query.refetch }}>
        {(items) => (
          <div className="flex flex-col gap-4">
            <ol className="flex flex-col gap-4">
              {items.map((revision, at) => {
                const { version, by, said } = revision
                const who = people.find(({ id }) => id === by)?.name
                return (
                  <li
                    key={version}
                    className="flex flex-col gap-2 border-b border-line pb-4 last:border-0 last:pb-0"
                  >
                    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-muted">
                      <span className="font-medium text-ink">
                        {t('compose.version', { number: show.number(version) })}
                      </span>
                      {who && <bdi>{who}</bdi>}
                      <time dateTime={revision.at}>{show.when(revision.at)}</time>
                      {revision.action === 'approved' && <span>{t('state.approved')}</span>}
                      {at > 0 && (
                        <span className="ms-auto">
                          <Button size="small" onPress={() => onRestore(contentOfRevision(said))}>
                            {t('compose.restore')}
                          </Button>
                        </span>
                      )}
                    </span>
                    <Changes
                      before={items[at + 1]}
                      isFirst={at === items.length - 1 && !query.hasNextPage}
                      after={revision}
                    />
                  </li>
                )
              })}
            </ol>
            <More query={query} />
          </div>
        )}
      </Loaded>
    </Dialog>
  )
}

interface ChangesProps {
  before: Revision | undefined
  /** Whether this is the first version; else the one before it may not have been read yet. */
  isFirst: boolean
  after: Revision
}

function Changes({ before, isFirst, after }: ChangesProps) {
  const { t } = useLanguage()
  const nameOf = useFieldName()
  if (!before && !isFirst) return null
  const now = asDraft(contentOfRevision(after.said))
  const was = asDraft(contentOfRevision(before?.said ?? {}))
  const changed = differences(was, now)
  if (changed.length === 0) return <p className="text-sm text-muted">{t('compose.sameWords')}</p>
  return (
    <div className="flex flex-col gap-2">
      {changed.map((field) => (
        <div key={field.id}>
          {field.kind !== 'text' && <h3 className="text-sm text-muted">{nameOf(field)}</h3>}
          <Changed field={field} was={was} now={now} />
        </div>
      ))}
    </div>
  )
}

function Changed({ field, was, now }: { field: Field; was: Draft; now: Draft }) {
  if (field.kind === 'text') {
    return <TextDiff before={was.parts[0].text} after={now.parts[0].text} />
  }
  return <FieldValue field={field} draft={now} />
}
