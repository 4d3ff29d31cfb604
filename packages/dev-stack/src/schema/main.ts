import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readIfThere } from '../files/write-atomically.ts'
import { repositoryRoot } from '../stack-options.ts'
import { serviceSchemas } from './service-schemas.ts'

/** `npm run schema` writes each service's schema.sql; with `--check` it says which of them are out of date. */
const isCheck = process.argv.includes('--check')
const schemas = Object.entries(await serviceSchemas()).map(([service, sql]) => {
  const path = `apps/${service}/src/database/schema.sql`
  return {
    path,
    text: `-- Made by \`npm run schema\` from the migrations of ${service}.\n\n${sql}`,
  }
})
const stale = schemas.filter(({ path, text }) => readIfThere(join(repositoryRoot, path)) !== text)
for (const { path, text } of stale) {
  if (isCheck) console.error(`${path} is not what the migrations make: npm run schema`)
  else writeFileSync(join(repositoryRoot, path), text)
}
process.exitCode = isCheck && stale.length > 0 ? 1 : 0
