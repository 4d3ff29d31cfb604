import { expect, it } from '@jest/globals'
import { readStackOptions } from './stack-options.ts'

it('reads the command line and the environment', () => {
  const args = ['--publishers', '3', '--networks=bluesky,mastodon']
  expect(readStackOptions(args, { PORT: '4100', NATS_URL: 'nats://wire:4222' })).toMatchObject({
    publishers: 3,
    networks: ['bluesky', 'mastodon'],
    port: 4100,
    natsUrl: 'nats://wire:4222',
  })
})

it.each([
  [['--publishers', 'many'], {}, '--publishers takes a number from 1 up.'],
  [['--verbose'], {}, '--verbose is no option of npm start.'],
  [[], { PORT: 'door' }, 'PORT is door, which is no port.'],
])('says what is wrong with %j %j', (args, env, problem) => {
  expect(readStackOptions(args, env)).toEqual({ problem })
})
