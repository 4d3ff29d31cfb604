import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleDashed, X } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { approvalPolicy, channels, members } from '../../api/queries.ts'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Card } from '../../kit/page.tsx'
import { useLanguage } from '../../language/use-language.tsx'

const seenAs = (workspaceId: string) => `hamava.first-steps-seen.${workspaceId}`
const hiddenAs = (workspaceId: string) => `hamava.first-steps.${workspaceId}`

const isAny = (found: readonly unknown[] | undefined): boolean => (found?.length ?? 0) > 0

/** What a new workspace needs, until all is done or somebody hides it. */
export function FirstSteps() {
  const { t } = useLanguage()
  const may = useMay()
  const mine = useMe()
  const workspaceId = mine?.workspace.id ?? ''
  const ruleSeenAs = `hamava.approval-seen.${workspaceId}`
  const [isHidden, setHidden] = useState(() => localStorage.getItem(hiddenAs(workspaceId)) !== null)
  const isWanted = !isHidden && may('channels:write') && may('posts:write')
  const connected = useQuery({ ...channels, enabled: isWanted })
  const people = useQuery({ ...members, enabled: isWanted })
  const policy = useQuery({ ...approvalPolicy, enabled: isWanted })
  const written = useQuery({
    queryKey: ['posts', 'first'],
    queryFn: () => answerOf(client.GET('/v1/posts', { params: { query: { limit: 1 } } })),
    enabled: isWanted,
  })
  if (!isWanted) return null
  const isKnown = connected.data && people.data && written.data
  // If the steps will be shown, their place is taken at once, or the page below would jump.
  const isExpected = mine?.preferences === null || localStorage.getItem(seenAs(workspaceId))
  if (!isKnown && !isExpected) return null
  const steps = [
    {
      to: '/settings',
      search: { tab: 'you' },
      word: 'language',
      isDone: mine?.preferences !== null,
    },
    {
      to: '/channels/connect',
      search: {},
      word: 'channel',
      isDone: isAny(connected.data),
    },
    { to: '/compose', search: {}, word: 'post', isDone: isAny(written.data?.items) },
    {
      to: '/settings',
      search: { tab: 'members' },
      word: 'invite',
      isDone: isAny(people.data?.slice(1)),
    },
    {
      to: '/settings',
      search: { tab: 'policy' },
      word: 'approval',
      // Needing no approval is a choice, too: having seen the policy counts as done.
      isDone: policy.data?.approval === 'other_person' || localStorage.getItem(ruleSeenAs) !== null,
    },
  ] as const
  if (steps.every(({ isDone }) => isDone)) {
    localStorage.removeItem(seenAs(workspaceId))
    return null
  }
  if (isKnown) localStorage.setItem(seenAs(workspaceId), '1')
  return (
    <Card className="flex flex-col gap-2">
      <div className="flex items-center justify-between">
        <h2 className="text-base">{t('first.title')}</h2>
        <Button
          look="quiet"
          size="icon"
          aria-label={t('first.hide')}
          onPress={() => {
            localStorage.setItem(hiddenAs(workspaceId), '1')
            setHidden(true)
          }}
        >
          <X aria-hidden className="size-4" />
        </Button>
      </div>
      <ul className="grid gap-2 sm:grid-cols-2">
        {steps.map(({ to, search, word, isDone }) => (
          <li key={word} className="flex items-center gap-2">
            {isDone ? (
              <CircleCheck aria-hidden className="size-5 text-ok" />
            ) : (
              <CircleDashed aria-hidden className="size-5 text-muted" />
            )}
            {isDone ? (
              <s className="text-muted">{t(`first.${word}`)}</s>
            ) : (
              <Link
                to={to}
                search={search}
                onClick={() => word === 'approval' && localStorage.setItem(ruleSeenAs, '1')}
              >
                {t(`first.${word}`)}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}
