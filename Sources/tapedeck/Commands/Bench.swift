import ArgumentParser
import Benchmarks
import Foundation
import Localization
import TapedeckKit

/// `tapedeck bench`: measures training steps, in turn with those of PyTorch and NumPy.
struct Bench: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      abstract: localized("Measure how fast networks train, compared with PyTorch and NumPy."),
      discussion: ExperimentExamples.discussion(
        localized(
          """
          Each row is measured after a warm-up, in blocks of steps; the table shows the median of the blocks and the \
          range that 80 % of them lie in. With --peer, the blocks alternate with the same steps in PyTorch and NumPy, so \
          that other work on the machine slows all of them alike: compare the ratios.
          """),
        examples: [
          "bench", "bench --peer python3", "bench --filter exercise --json", "bench --filter graph",
          "bench --threads 1", "bench --scaling",
        ]))
  }

  @Option(help: .localized("Only rows with this text in their name."))
  var filter: String?

  @Flag(help: .localized("Print one JSON object."))
  var json = false

  @Flag(help: .localized("Run each row once, with few samples, to check that it works."))
  var quick = false

  @Flag(
    help: .localized("Measure a step by batch size (1 to 4096), width (8 to 4096) and depth (1 to 1000)."))
  var scaling = false

  @Option(
    help: .localized("A Python interpreter with torch and numpy; without it, only Tapedeck is measured."),
    completion: .file())
  var peer: String?

  @Option(
    help: .localized("A folder with your own peer scripts, used in place of the built-in ones."),
    completion: .directory)
  var peersDir: String?

  @Option(
    parsing: .unconditional,
    help: .localized(
      """
      The maximum number of threads for matrix products and long loops, here and in the peers; by default one for \
      each core.
      """),
    transform: OptionValue.wholeNumber)
  var threads: Int?

  @OptionGroup var kernels: KernelsOption

  @OptionGroup var language: LanguageOption

  func validate() throws {
    guard threads.map({ $0 >= 1 }) ?? true else {
      throw ValidationError(localized("--threads expects a whole number from 1, but got \(threads ?? 0)."))
    }
    guard !scaling || !json && peer == nil else {
      throw ValidationError(localized("--scaling cannot be combined with --json or --peer."))
    }
  }

  func run() throws {
    try kernels.use()
    var options = Benchmark.Options()
    options.filter = filter
    options.isQuick = quick
    options.threads = threads
    options.python = peer
    options.peersFolder = peersDir
    options.environment = ProcessInfo.processInfo.environment
    let benchmark = Benchmark(options, now: monotonicSeconds) { work in
      FileHandle.standardError.write(Data((localized("measuring \(work) …") + "\n").utf8))
    }
    if scaling { return try StandardOutput.printLine(try benchmark.runScaling().table) }
    let text = BenchmarkText(try benchmark.run())
    try StandardOutput.printLine(json ? text.json() : text.table)
  }
}
