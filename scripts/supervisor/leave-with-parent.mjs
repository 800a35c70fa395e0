/** Loaded into each child: when the supervisor is gone, even by kill -9, its channel closes, and the child leaves too. */
process.on("disconnect", () => {
  setTimeout(() => process.exit(1), 1_500).unref();
  process.kill(process.pid, "SIGTERM");
});
