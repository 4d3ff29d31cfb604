import '@fontsource-variable/vazirmatn/wght.css'
import './styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.tsx'
import { startLanguage } from './language/words.ts'

// After an update the files of the version before are gone: the page of the new one names the new files.
addEventListener('vite:preloadError', () => location.reload())

await startLanguage()
const root = document.getElementById('root')
if (!root) throw new Error('the page has no #root')
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
