import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { isStatus, Problem } from '../api/problem.ts'
import { LanguageProvider } from '../language/use-language.tsx'
import { makeRouter } from './router.tsx'

/** A session that has ended leads to the login, and from there back to this address. */
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
      // The gateway would repeat a refusal; a server that is away comes back.
      retry: (failures, error) => !(error instanceof Problem && error.status < 500) && failures < 2,
    },
  },
})
const router = makeRouter(queries)

export function App() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </LanguageProvider>
  )
}
