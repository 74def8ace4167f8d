import CKernels
import Synchronization

/// The kernels that matrix products and functions are computed with; every kind gives the same bits.
package enum ArithmeticKernels: String, Sendable, CaseIterable {
  case portable
  case avx2 = "AVX2"
  case avx512 = "AVX-512"
  case neon = "NEON"

  /// The version of the arithmetic's definition: results of another one differ in their last digits.
  ///
  /// The definition is `TapedeckKit.docc/Arithmetic.md`.
  package static let definition = 1

  /// The kind in use: the best that the processor can run, unless another was chosen.
  package static var current: ArithmeticKernels {
    allCases.first { $0.kind == tapedeck_kernels() } ?? .portable
  }

  /// Computes everything from now on with this kind; false, and nothing changes, where the processor cannot.
  package func use() -> Bool { tapedeck_use_kernels(kind) != 0 }

  /// Computes everything from now on with the best kind that the processor can run.
  package static func useBest() { _ = tapedeck_use_kernels(Int32(TAPEDECK_BEST_KERNELS)) }

  /// The kinds that this processor can run.
  package static var usable: [ArithmeticKernels] {
    allCases.filter { tapedeck_can_use_kernels($0.kind) != 0 }
  }

  /// Does about so many fused multiply-adds on each thread, as fast as the kernels in use can; how many in all.
  package static func multiplyAdds(_ count: Int, threads: Int) -> Int {
    let rounds = max(1, count / 100)
    let done = Mutex(0)
    ThreadTeam.shared.run(threads, threads: threads, nanoseconds: .max) { _ in
      let own = tapedeck_multiply_adds(rounds)
      done.withLock { $0 += own }
    }
    return done.withLock { $0 }
  }

  private var kind: Int32 {
    let kind =
      switch self {
      case .portable: TAPEDECK_PORTABLE_KERNELS
      case .avx2: TAPEDECK_AVX2_KERNELS
      case .avx512: TAPEDECK_AVX512_KERNELS
      case .neon: TAPEDECK_NEON_KERNELS
      }
    return Int32(kind)
  }
}
