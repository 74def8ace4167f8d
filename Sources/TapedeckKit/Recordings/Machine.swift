import Autograd
import Foundation

/// The machine in words, as recordings name it. No number depends on it.
package enum Machine {
  /// The processor, the system and the kernels that everything is computed with.
  package static var description: String {
    let kernels = "\(ArithmeticKernels.current.rawValue) kernels"
    return [processor, system, kernels].compactMap { $0 }.joined(separator: ", ")
  }

  /// The processor's name; nil where it is not known.
  private static var processor: String? {
    let lines = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8))?.split(separator: "\n")
    return lines?.first { $0.hasPrefix("model name") }?.split(separator: ":").last
      .map { $0.trimmingCharacters(in: .whitespaces) }
  }

  private static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }
}
