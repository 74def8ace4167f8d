import Autograd
import Foundation

/// The machine in words, as recordings name it: where its arithmetic differs, numbers may differ in their last digits.
package enum Machine {
  /// The processor, the system and the kernels of matrix products.
  package static var description: String {
    let kernels = "OpenBLAS kernels \(ProductLibrary.kernels)"
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
