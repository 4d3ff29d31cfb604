import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { approvalPolicy, latePolicy } from '../../api/queries.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Segments } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Card } from '../../kit/page.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { latinDigits } from '../../language/bidi.ts'
import { useLanguage } from '../../language/use-language.tsx'

/** The rules by which posts go out here. */
export default function Policies() {
  return (
    <div className="flex flex-col gap-4">
      <Approval />
      <Lateness />
    </div>
  )
}

type Rule = 'none' | 'other_person'
interface Step {
  next: Rule
  before: Rule
}

function Approval() {
  const { t } = useLanguage()
  const may = useMay()
  const query = useQuery(approvalPolicy)
  const put = (approval: Rule) =>
    answerOf(client.PUT('/v1/approval-policy', { body: { approval } }))
  const set = useOptimisticMutation({
    queryKey: approvalPolicy.queryKey,
    shown: (kept: { approval: Rule }, { next }: Step) => ({ ...kept, approval: next }),
    carryOut: ({ next }) => put(next),
    said: () => ({ text: t('settings.saved') }),
    undo: (_set, { before }) => put(before),
  })
  return (
    <Loaded query={query} rows={1}>
      {({ approval }) => (
        <Card>
          {may('workspace:write') ? (
            <Segments
              label={t('settings.approval')}
              value={approval}
              onChange={(next) => next !== approval && set.mutate({ next, before: approval })}
              options={[
                { id: 'none', label: t('settings.approvalNone') },
                { id: 'other_person', label: t('settings.approvalOther') },
              ]}
            />
          ) : (
            <p>
              {t('settings.approval')}:{' '}
              {approval === 'none' ? t('settings.approvalNone') : t('settings.approvalOther')}
            </p>
          )}
        </Card>
      )}
    </Loaded>
  )
}

function Lateness() {
  const query = useQuery(latePolicy)
  return (
    <Loaded query={query} rows={1}>
      {({ lateMinutes }) => <LatenessForm key={lateMinutes} lateMinutes={lateMinutes} />}
    </Loaded>
  )
}

function LatenessForm({ lateMinutes }: { lateMinutes: number }) {
  const { t } = useLanguage()
  const may = useMay()
  const [typed, setTyped] = useState(String(lateMinutes))
  const minutes = Number(latinDigits(typed))
  const put = (lateMinutes: number) =>
    answerOf(client.PUT('/v1/late-policy', { body: { lateMinutes } }))
  const set = useOptimisticMutation({
    queryKey: latePolicy.queryKey,
    carryOut: () => put(minutes),
    said: () => ({ text: t('settings.saved') }),
    undo: () => put(lateMinutes),
  })
  return (
    <Card>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate(undefined)
        }}
      >
        <Field
          label={`${t('settings.late')} (${t('settings.minutes')})`}
          hint={t('settings.lateText')}
          inputMode="numeric"
          isReadOnly={!may('workspace:write')}
          value={typed}
          onChange={setTyped}
        />
        {may('workspace:write') && (
          <Button
            type="submit"
            isDisabled={!Number.isInteger(minutes) || minutes < 1 || minutes === lateMinutes}
            isPending={set.isPending}
          >
            {t('app.save')}
          </Button>
        )}
      </form>
    </Card>
  )
}
