import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, client } from '../../api/client.ts'
import { approvalPolicy, latePolicy } from '../../api/queries.ts'
import { useMay } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Segments } from '../../kit/choice.tsx'
import { Field } from '../../kit/field.tsx'
import { Card } from '../../kit/page.tsx'
import { sayProblem } from '../../kit/say-problem.ts'
import { Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
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

function Approval() {
  const { t } = useLanguage()
  const may = useMay()
  const queries = useQueryClient()
  const query = useQuery(approvalPolicy)
  const set = useMutation({
    mutationFn: (approval: 'none' | 'other_person') =>
      answerOf(client.PUT('/v1/approval-policy', { body: { approval } })),
    onSuccess: (next) => {
      queries.setQueryData(approvalPolicy.queryKey, next)
      toast(t('settings.saved'))
    },
    onError: sayProblem,
  })
  return (
    <Loaded query={query} rows={1}>
      {({ approval }) => (
        <Card>
          {may('workspace:write') ? (
            <Segments
              label={t('settings.approval')}
              value={approval}
              onChange={(next) => next !== approval && set.mutate(next)}
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
  const queries = useQueryClient()
  const [typed, setTyped] = useState(String(lateMinutes))
  const minutes = Number(latinDigits(typed))
  const set = useMutation({
    mutationFn: () => answerOf(client.PUT('/v1/late-policy', { body: { lateMinutes: minutes } })),
    onSuccess: (next) => {
      queries.setQueryData(latePolicy.queryKey, next)
      toast(t('settings.saved'))
    },
    onError: sayProblem,
  })
  return (
    <Card>
      <form
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          set.mutate()
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
