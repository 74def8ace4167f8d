import ArgumentParser
import Autograd
import Localization

/// The option that chooses the kernels that everything is computed with: for tests, since every kind gives the same
/// bits.
package struct KernelsOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      localized("For tests: best, or avx-512, avx2, neon or portable; all give the same numbers."),
      visibility: .hidden))
  var kernels: String?

  package init() {}

  /// Uses the kernels that are named, if any are.
  ///
  /// - Throws: a `KernelsError` for kernels that there are not, or not for this processor.
  package func use() throws {
    guard let name = kernels?.lowercased() else { return }
    guard name != "best" else { return ArithmeticKernels.useBest() }
    let kernels = ArithmeticKernels.allCases.first { $0.rawValue.lowercased() == name }
    guard kernels?.use() ?? false else { throw KernelsError(name: name) }
  }
}

/// Kernels were asked for that this processor cannot run.
struct KernelsError: Error, CustomStringConvertible {
  let name: String

  var description: String {
    let names = ArithmeticKernels.usable.map { $0.rawValue.lowercased() }
    let usable = (names + ["best"]).joined(separator: ", ")
    return localized(
      "--kernels expects a kind that this processor can run, one of \(usable), but got '\(name)'. Leave it out for the best."
    )
  }
}
