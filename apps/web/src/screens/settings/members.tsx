import { useQuery } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client, ifMatch } from '../../api/client.ts'
import { members } from '../../api/queries.ts'
import type { Member } from '../../api/types.ts'
import { useMay, useMe } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Confirm } from '../../kit/confirm.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { ErrorMessage } from '../../kit/error-message.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { Picker } from '../../kit/picker.tsx'
import { Loaded } from '../../kit/states.tsx'
import { useOptimisticMutation } from '../../kit/use-optimistic-mutation.ts'
import { useLanguage } from '../../language/use-language.tsx'
import { ChannelLimit } from './channel-limit.tsx'

const roles = ['owner', 'manager', 'editor', 'approver', 'community', 'analyst', 'viewer'] as const
type Role = (typeof roles)[number]

/** The people of the workspace and their roles. */
export default function Members() {
  const { t, show } = useLanguage()
  const may = useMay()
  const mine = useMe()?.member?.id
  const query = useQuery(members)
  const [isAdding, setAdding] = useState(false)
  const options = useRoleOptions()
  const become = (id: string, version: number, role: Role) =>
    answerOf(
      client.PATCH('/v1/members/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: { role },
      }),
    )
  const setRole = useOptimisticMutation({
    queryKey: members.queryKey,
    shown: (all: Member[], { member, role }: { member: Member; role: Role }) =>
      all.map((one) => (one.id === member.id ? { ...one, role } : one)),
    carryOut: ({ member: { id, version }, role }) => become(id, version, role),
    said: () => ({ text: t('settings.saved') }),
    undo: ({ version }, { member: { id, role } }) => become(id, version, role),
  })
  const [removing, setRemoving] = useState<Member | null>(null)
  const [limiting, setLimiting] = useState<Member | null>(null)
  return (
    <div className="flex flex-col gap-4">
      {may('members:write') && (
        <div>
          <Button look="primary" onPress={() => setAdding(true)}>
            <UserPlus aria-hidden className="size-4" />
            {t('settings.invite')}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {(all) => (
          <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
            {all.map((member) => {
              const { id, name, email, role, channelIds } = member
              return (
                <li key={id} className="flex flex-wrap items-center gap-3 p-3">
                  <span className="min-w-0 grow basis-52">
                    <bdi className="block truncate text-match-parent font-medium">{name}</bdi>
                    <bdi className="block truncate text-match-parent text-sm text-muted">
                      {email}
                    </bdi>
                    {channelIds && (
                      <span className="block text-sm text-muted">
                        {t('settings.someChannels', { number: show.number(channelIds.length) })}
                      </span>
                    )}
                  </span>
                  {may('members:write') && id !== mine ? (
                    <>
                      <Picker
                        label={`${t('settings.role')}: ${name}`}
                        isLabelHidden
                        value={role}
                        onChange={(next) => setRole.mutate({ member, role: next })}
                        options={options}
                      />
                      <Button size="small" onPress={() => setLimiting(member)}>
                        {t('settings.channels')}
                        <span className="sr-only">{name}</span>
                      </Button>
                      <Button look="quiet" size="small" onPress={() => setRemoving(member)}>
                        {t('channels.remove')}
                        <span className="sr-only">{name}</span>
                      </Button>
                    </>
                  ) : (
                    <span className="text-sm text-muted">{t(`settings.roles.${role}`)}</span>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Loaded>
      {isAdding && <AddMember onClose={() => setAdding(false)} />}
      {removing && <RemoveMember member={removing} onClose={() => setRemoving(null)} />}
      {limiting && <LimitMember member={limiting} onClose={() => setLimiting(null)} />}
    </div>
  )
}

interface OneMemberProps {
  member: Member
  onClose: () => void
}

function RemoveMember({ member: { id, name }, onClose }: OneMemberProps) {
  const { t } = useLanguage()
  const remove = useOptimisticMutation({
    queryKey: members.queryKey,
    alsoRead: ['api-keys'],
    isSaidHere: true,
    carryOut: () => answerOf(client.DELETE('/v1/members/{id}', { params: { path: { id } } })),
    said: () => ({ text: t('settings.removed', { name }) }),
  })
  return (
    <Confirm
      title={t('channels.removeTitle', { name })}
      verb={t('channels.remove')}
      action={remove}
      onConfirm={() => remove.mutate(undefined, { onSuccess: onClose })}
      onClose={onClose}
    >
      {t('settings.removeText')}
    </Confirm>
  )
}

function LimitMember({
  member: { id, name, version, channelIds: before },
  onClose,
}: OneMemberProps) {
  const { t } = useLanguage()
  const [channelIds, setChannelIds] = useState(before)
  const become = (version: number, channelIds: string[] | null) =>
    answerOf(
      client.PATCH('/v1/members/{id}', {
        params: { path: { id }, header: ifMatch(version) },
        body: { channelIds },
      }),
    )
  const limit = useOptimisticMutation({
    queryKey: members.queryKey,
    isSaidHere: true,
    carryOut: () => become(version, channelIds),
    said: () => ({ text: t('settings.saved') }),
    undo: (changed) => become(changed.version, before),
  })
  return (
    <Dialog title={t('settings.channelsOf', { name })} isOpen onClose={onClose}>
      <ChannelLimit value={channelIds} onChange={setChannelIds} />
      <ErrorMessage error={limit.error} />
      <DialogActions onCancel={onClose}>
        <Button
          look="primary"
          isPending={limit.isPending}
          onPress={() => limit.mutate(undefined, { onSuccess: onClose })}
        >
          {t('app.save')}
        </Button>
      </DialogActions>
    </Dialog>
  )
}

function useRoleOptions() {
  const { t } = useLanguage()
  return roles.map((id) => ({ id, label: t(`settings.roles.${id}`) }))
}

function AddMember({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const options = useRoleOptions()
  const [channelIds, setChannelIds] = useState<string[] | null>(null)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const add = useOptimisticMutation({
    queryKey: members.queryKey,
    isSaidHere: true,
    carryOut: () =>
      answerOf(
        client.POST('/v1/members', {
          body: { name, email: email.trim(), role, channelIds, ...(password && { password }) },
        }),
      ),
    said: () => ({ text: t('settings.added', { name }) }),
  })
  return (
    <Dialog title={t('settings.invite')} isOpen onClose={onClose}>
      <Form
        error={add.error}
        onSubmit={() => add.mutate(undefined, { onSuccess: onClose })}
        actions={
          <DialogActions onCancel={onClose}>
            <Button type="submit" look="primary" isPending={add.isPending}>
              {t('settings.invite')}
            </Button>
          </DialogActions>
        }
      >
        <Field
          name="name"
          autoFocus
          label={t('settings.name')}
          isRequired
          value={name}
          onChange={setName}
        />
        <Field
          name="email"
          label={t('login.email')}
          type="email"
          dir="ltr"
          isRequired
          value={email}
          onChange={setEmail}
        />
        <Field
          name="password"
          label={t('settings.initial')}
          hint={t('settings.initialHint')}
          type="password"
          dir="ltr"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
        />
        <Picker label={t('settings.role')} value={role} onChange={setRole} options={options} />
        <ChannelLimit value={channelIds} onChange={setChannelIds} />
      </Form>
    </Dialog>
  )
}
