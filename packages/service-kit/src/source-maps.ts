import { setSourceMapsSupport } from 'node:module'

/**
 * Stacks name lines of our own sources. Loaded by `node --import` ahead of a service, in place of
 * `--enable-source-maps`: that keeps the maps of all dependencies in memory too (some 8 MB).
 */
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false })
