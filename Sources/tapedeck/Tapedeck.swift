import ArgumentParser

@main
struct Tapedeck: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tapedeck",
    abstract: "A visual debugger for neural-network training, in the terminal.",
    discussion: """
      Without a subcommand it opens the debugger on the handwritten digits and trains.

      EXAMPLES
        tapedeck                                  watch the digits train
        tapedeck train --paused                   stand before the first node; step with .
        tapedeck train --layers 64,32,32,10       another network
        tapedeck train --headless --json          no screen; one JSON object an epoch
      """,
    version: "0.1.0",
    subcommands: [Train.self],
    defaultSubcommand: Train.self)
}
