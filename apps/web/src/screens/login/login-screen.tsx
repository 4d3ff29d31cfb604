import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { Eye, EyeOff } from 'lucide-react'
import { useState } from 'react'
import { ownAddress } from '../../app/search.ts'
import { useSession } from '../../app/session.ts'
import { Button } from '../../kit/button.tsx'
import { Field } from '../../kit/field.tsx'
import { Form } from '../../kit/form.tsx'
import { LanguageSwitch } from '../../kit/language-switch.tsx'
import { useTitle } from '../../kit/use-title.ts'
import { useLanguage } from '../../language/use-language.tsx'

const route = getRouteApi('/login')

/** The login. The language comes first, as the reader may not know the other one. */
export function LoginScreen() {
  const { t } = useLanguage()
  const { login } = useSession()
  const { from } = route.useSearch()
  const navigate = useNavigate()
  useTitle(t('login.submit'))
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [isShown, setShown] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async () => {
    setBusy(true)
    setProblem(null)
    try {
      await login(email.trim(), password)
      await navigate({ href: ownAddress(from, location.origin) ?? '/calendar' })
    } catch (error) {
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <main className="mx-auto flex min-h-dvh max-w-sm flex-col justify-center gap-6 p-6">
      <header className="flex flex-col items-center gap-2 text-center">
        <img src="/icon.svg" alt="" className="size-14" />
        <h1 className="text-2xl">{t('app.name')}</h1>
        <p className="text-muted">{t('login.subtitle')}</p>
      </header>
      <Form
        className="flex flex-col gap-4 rounded-card border border-line bg-surface p-5"
        error={problem}
        onSubmit={() => void submit()}
        actions={
          <Button type="submit" look="primary" isPending={isBusy}>
            <span className="grow text-center">{t('login.submit')}</span>
          </Button>
        }
      >
        <Field
          label={t('login.email')}
          name="email"
          type="email"
          dir="ltr"
          autoComplete="username"
          isRequired
          value={email}
          onChange={setEmail}
        />
        <Field
          label={t('login.password')}
          name="password"
          type={isShown ? 'text' : 'password'}
          dir="ltr"
          autoComplete="current-password"
          isRequired
          value={password}
          onChange={setPassword}
        >
          <Button
            size="icon"
            look="quiet"
            aria-label={isShown ? t('login.hide') : t('login.show')}
            onPress={() => setShown(!isShown)}
          >
            {isShown ? (
              <EyeOff aria-hidden className="size-5" />
            ) : (
              <Eye aria-hidden className="size-5" />
            )}
          </Button>
        </Field>
      </Form>
      <div className="flex justify-center">
        <LanguageSwitch isLabelHidden />
      </div>
    </main>
  )
}
