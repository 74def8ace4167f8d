import Autograd

/// What a benchmark measured.
package struct BenchmarkReport: Sendable {
  /// A library that took turns with the engine.
  package struct Peer: Sendable {
    /// The library.
    package let library: BenchmarkPeer.Library
    /// Its version, as its script reports it.
    package let version: String
  }

  /// The times of a peer at a row.
  package struct PeerTime: Sendable {
    /// The library.
    package let library: BenchmarkPeer.Library
    /// Seconds per step.
    package let samples: BenchmarkSamples
  }

  /// A row with what was measured.
  package struct Line: Sendable {
    /// The row.
    package let row: BenchmarkRow
    /// Seconds a step.
    package let samples: BenchmarkSamples
    /// Blocks of memory allocated in a step after the warm-up.
    package let allocationsPerStep: Double
    /// The most bytes the process held while the row ran; nil where the system does not say.
    package let peakMemory: Int?
    /// Seconds that the step's matrix products alone would take if the processor never waited.
    package let floor: Double
    /// The times of the peers that took turns with it.
    package let peers: [PeerTime]

    /// The time of a step divided by the floor.
    package var timesFloor: Double { samples.median / floor }
    /// Floating-point operations a second, those of the matrix products alone.
    package var operationsPerSecond: Double { row.operationCount / samples.median }

    /// How many times as fast as a peer a step is.
    package func ratio(to peer: PeerTime) -> Double { peer.samples.median / samples.median }
    /// The same at the 10th percentile of both, which other work on the machine disturbs least.
    package func ratioAtBest(to peer: PeerTime) -> Double {
      peer.samples.percentile(10) / samples.percentile(10)
    }
  }

  /// What the processor can do; nil where no row has matrix products.
  package let peak: ArithmeticPeak?
  /// Whether each row ran only once.
  package let isQuick: Bool
  /// The kernels that everything was computed with, `AVX2`.
  package let kernels: String
  /// The libraries that took turns with the engine.
  package let peers: [Peer]
  /// Where the images of the loader row came from; nil if it did not run.
  package internal(set) var images: String?
  /// The rows.
  package internal(set) var lines: [Line] = []
  /// The graphs that were laid out and drawn.
  package internal(set) var graphs: [BenchmarkGraph.Line] = []
  /// What the debugger costs.
  package internal(set) var debuggers: [BenchmarkDebugger.Line] = []
  /// What recordings cost, and how fast they are.
  package internal(set) var recordings: [BenchmarkRecording.Line] = []

  /// A report without matrix products.
  init(
    graphs: [BenchmarkGraph.Line], debuggers: [BenchmarkDebugger.Line],
    recordings: [BenchmarkRecording.Line], isQuick: Bool
  ) {
    (peak, peers) = (nil, [])
    self.isQuick = isQuick
    self.graphs = graphs
    self.debuggers = debuggers
    self.recordings = recordings
    kernels = ArithmeticKernels.current.rawValue
  }

  init(peak: ArithmeticPeak, isQuick: Bool, peers: [Peer]) {
    self.peak = peak
    self.isQuick = isQuick
    kernels = ArithmeticKernels.current.rawValue
    self.peers = peers
  }
}
