import { useNavigate } from '@tanstack/react-router'
import type { Me } from '../api/types.ts'
import { Picker } from '../kit/picker.tsx'
import { useLanguage } from '../language/use-language.tsx'
import { useSession } from './session.ts'

/** Goes on in another of one's workspaces. */
export default function WorkspacePicker({ mine }: { mine: Me }) {
  const { t } = useLanguage()
  const { switchTo } = useSession()
  const navigate = useNavigate()
  return (
    <Picker
      label={t('nav.workspace')}
      isLabelHidden
      value={mine.workspace.id}
      options={mine.workspaces.map(({ id, name }) => ({ id, label: name }))}
      onChange={async (id) => {
        await switchTo(id)
        await navigate({ to: '/calendar' })
      }}
    />
  )
}
