import { fileURLToPath } from 'node:url'
import optimizeLocales from '@react-aria/optimize-locales-plugin'
import tailwind from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { persianStrings } from './build/persian-strings.ts'

/** The gateway that a development server asks; the built app is served by the gateway itself. */
const gateway = process.env.HAMAVA_GATEWAY ?? 'http://127.0.0.1:4000'

const source = (path: string) => fileURLToPath(new URL(`../../packages/${path}`, import.meta.url))

export default defineConfig({
  plugins: [
    // Its texts come in thirty languages, of which Persian is none: English is kept, and Persian added.
    { ...optimizeLocales.vite({ locales: ['en-US'] }), enforce: 'pre' },
    persianStrings(),
    react(),
    tailwind(),
  ],
  resolve: {
    alias: {
      '@hamava/contracts': source('contracts/src/index.ts'),
      '@hamava/networks/previews': source('networks/src/previews.ts'),
      '@hamava/networks/rules': source('networks/src/rules/index.ts'),
    },
  },
  build: {
    target: 'es2023',
    manifest: true,
    // Everything comes from files of its own: the policy forbids inline content.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What is there from the start is one file, but for the entry that the page names: thirty small ones take longer,
        // and shrink less.
        codeSplitting: {
          groups: [
            { name: 'shell', tags: ['$initial'], test: /^(?!.*\/(?:main\.tsx|index\.html)$)/ },
          ],
        },
      },
    },
  },
  server: {
    proxy: {
      '/v1': { target: gateway, changeOrigin: false },
      '/docs': { target: gateway, changeOrigin: false },
    },
  },
})
