import ArgumentParser
import TapedeckKit

/// `tapedeck graph`: the computation graph of one step.
struct Graph: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the computation graph of one step.",
    discussion: """
      EXAMPLES
        tapedeck graph
        tapedeck graph --layers 64,32,32,10 --json
        tapedeck graph --data mnist --dot | dot -Tsvg > graph.svg
      """)

  @OptionGroup(title: "Experiment") var experiment: ExperimentOptions

  @Option(help: "The step, from 1.", transform: Argument.wholeNumber)
  var step = 1

  @Flag(help: "Print one JSON object.")
  var json = false

  @Flag(help: "Print in Graphviz's DOT language.")
  var dot = false

  func validate() throws {
    if json, dot { throw ValidationError("--json and --dot cannot be combined: choose one.") }
  }

  func run() throws {
    let settings = experiment.settings
    try experiment.prepareData(settings)
    let moment = try Inspector.moment(
      settings.makeExperiment(), Inspection.Target(step: step, phase: .update))
    let text = GraphText(moment.graph)
    if json {
      print(text.json())
    } else {
      print(dot ? text.dot : text.lines.joined(separator: "\n"))
    }
  }
}
