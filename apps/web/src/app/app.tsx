import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { I18nProvider } from 'react-aria-components'
import { isStatus, Problem } from '../api/problem.ts'
import { localeOf, usePreferences } from '../language/preferences.ts'
import { makeRouter } from './router.tsx'

/** A session that has ended leads to the door, and back here behind it. */
function onError(error: unknown): void {
  if (!isStatus(error, 401) || location.pathname === '/login') return
  const from = location.pathname + location.search
  void router.navigate({ to: '/login', search: { from } })
}

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      // Live events say when something is out of date.
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // What the gateway refused it will refuse again; a server that is away comes back.
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 2,
    },
  },
})
const router = makeRouter(queries)

export function App() {
  const wanted = usePreferences()
  return (
    <I18nProvider locale={localeOf(wanted)}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </I18nProvider>
  )
}
