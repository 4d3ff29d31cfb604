import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { answerOf, client, ifMatch } from '../../api/client.ts'
import { members } from '../../api/queries.ts'
import type { Member } from '../../api/types.ts'
import { useMay, useMe } from '../../app/session.ts'
import { useAtOnce } from '../../kit/at-once.ts'
import { Button } from '../../kit/button.tsx'
import { Dialog, DialogActions } from '../../kit/dialog.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { Picker } from '../../kit/picker.tsx'
import { Loaded } from '../../kit/states.tsx'
import { toast } from '../../kit/toasts.tsx'
import { useLanguage } from '../../language/use-language.tsx'

const roles = ['owner', 'manager', 'editor', 'approver', 'community', 'analyst', 'viewer'] as const
type Role = (typeof roles)[number]

/** The people of the workspace and their roles. */
export default function Members() {
  const { t } = useLanguage()
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
  const setRole = useAtOnce({
    queryKey: members.queryKey,
    shown: (all: Member[], { member, role }: { member: Member; role: Role }) =>
      all.map((one) => (one.id === member.id ? { ...one, role } : one)),
    carryOut: ({ member: { id, version }, role }) => become(id, version, role),
    said: () => ({ text: t('settings.saved') }),
    undo: ({ version }, { member: { id, role } }) => become(id, version, role),
  })
  const remove = useAtOnce({
    queryKey: members.queryKey,
    shown: (all: Member[], { id }: Member) => all.filter((one) => one.id !== id),
    carryOut: ({ id }: Member) =>
      answerOf(client.DELETE('/v1/members/{id}', { params: { path: { id } } })),
    said: (_gone, { name }) => ({ text: t('settings.removed', { name }) }),
    // Who has been here before is known, and keeps their password.
    undo: (_gone, { email, name, role, channelIds }) =>
      answerOf(client.POST('/v1/members', { body: { email, name, role, channelIds } })),
  })
  return (
    <div className="flex flex-col gap-4">
      {may('members:write') && (
        <Button look="primary" onPress={() => setAdding(true)}>
          <UserPlus aria-hidden className="size-4" />
          {t('settings.invite')}
        </Button>
      )}
      <Loaded query={query}>
        {(all) => (
          <ul className="flex flex-col divide-y divide-line rounded-card border border-line bg-surface">
            {all.map((member) => {
              const { id, name, email, role } = member
              return (
                <li key={id} className="flex flex-wrap items-center gap-3 p-3">
                  <span className="min-w-0 grow">
                    <bdi className="block truncate font-medium">{name}</bdi>
                    <bdi className="block truncate text-sm text-muted">{email}</bdi>
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
                      <Button look="quiet" size="small" onPress={() => remove.mutate(member)}>
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
    </div>
  )
}

function useRoleOptions() {
  const { t } = useLanguage()
  return roles.map((id) => ({ id, label: t(`settings.roles.${id}`) }))
}

function AddMember({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage()
  const queries = useQueryClient()
  const options = useRoleOptions()
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [role, setRole] = useState<Role>('editor')
  const add = useMutation({
    mutationFn: () =>
      answerOf(
        client.POST('/v1/members', {
          body: {
            name,
            email: email.trim(),
            role,
            channelIds: null,
            ...(password && { password }),
          },
        }),
      ),
    onSuccess: async () => {
      toast(t('settings.added', { name }))
      onClose()
      await queries.invalidateQueries(members)
    },
  })
  return (
    <Dialog title={t('settings.invite')} isOpen onClose={onClose}>
      <Form
        error={add.error}
        onSubmit={() => add.mutate()}
        actions={
          <DialogActions onCancel={onClose}>
            <Button type="submit" look="primary" isPending={add.isPending}>
              {t('settings.invite')}
            </Button>
          </DialogActions>
        }
      >
        <Field name="name" label={t('settings.name')} isRequired value={name} onChange={setName} />
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
      </Form>
    </Dialog>
  )
}
