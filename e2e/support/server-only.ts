// Stands in for the marker package outside of the bundler, where every module is a server module.
export {};
