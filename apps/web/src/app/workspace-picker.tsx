import type { Me } from '../api/types.ts'
import { Picker } from '../kit/picker.tsx'
import { sayProblem } from '../kit/say-problem.ts'
import { useLanguage } from '../language/use-language.tsx'
import { useSession } from './session.ts'

/** Goes on in another of one's workspaces. */
export default function WorkspacePicker({ mine }: { mine: Me }) {
  const { t } = useLanguage()
  const { switchTo } = useSession()
  return (
    <Picker
      label={t('nav.workspace')}
      isLabelHidden
      value={mine.workspace.id}
      options={mine.workspaces.map(({ id, name }) => ({ id, label: name }))}
      onChange={(id) => void switchTo(id).catch(sayProblem)}
    />
  )
}
