// Ends this process, as SIGTERM does, when the one that started it is gone: a killed run leaves no server behind.
const parent = process.ppid;

setInterval(() => {
  if (process.ppid !== parent) process.kill(process.pid, "SIGTERM");
}, 500).unref();
