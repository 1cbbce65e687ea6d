/** The address of a serving role; `isOurs` when we made its password, and may set it again. */
export type RoleAddress = { url: string; isOurs: boolean };

/** How a database is reached: by who owns it, by who serves requests, by who runs the queue. */
export type DatabaseAddresses = { owner: string; app: RoleAddress; queue: RoleAddress };

/** The variables that tell a serving process its database; the owner's is for commands alone. */
export function servingEnvironment({ app, queue }: DatabaseAddresses) {
  return { DATABASE_URL: app.url, DATABASE_QUEUE_URL: queue.url, DATABASE_OWNER_URL: undefined };
}

/** The variables of a command that may also seed, back up and change roles. */
export function owningEnvironment({ owner, app, queue }: DatabaseAddresses) {
  return { DATABASE_OWNER_URL: owner, DATABASE_URL: app.url, DATABASE_QUEUE_URL: queue.url };
}
