export { takeDown as default } from './bring-up.mjs'
