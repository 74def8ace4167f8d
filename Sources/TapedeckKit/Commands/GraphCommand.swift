import ArgumentParser
import Localization
import Training

/// `graph`: the computation graph of one step.
package struct GraphCommand<Arguments: ExperimentArguments>: ProgramCommand {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "graph", abstract: localized("Print the computation graph of one step."),
      discussion: ExperimentExamples.list(Arguments.examples.graph))
  }

  @OptionGroup(title: localized("Experiment")) var experiment: Arguments

  @Option(help: .localized("The step, from 1."), transform: OptionValue.wholeNumber)
  var step = 1

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @Flag(help: .localized("Print in Graphviz's DOT language."))
  var dot = false

  @OptionGroup var language: LanguageOption

  package init() {}

  package func validate() throws {
    if json, dot { throw ValidationError(localized("--json and --dot cannot be combined: choose one.")) }
  }

  package func run(in program: Program) throws {
    let moment = try Inspector.moment(
      experiment.experiment(in: program).make(), Inspection.Target(step: step, phase: .update))
    let text = GraphText(moment.graph)
    if json {
      try StandardOutput.printLine(text.json())
    } else {
      try StandardOutput.printLine(dot ? text.dot : text.lines.joined(separator: "\n"))
    }
  }
}
