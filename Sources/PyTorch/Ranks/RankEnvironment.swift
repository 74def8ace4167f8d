import Foundation

/// The environment that torchrun gives the processes of one machine.
package enum RankEnvironment {
  /// The variables of one of `count` processes, added to those that there are.
  ///
  /// torchrun keeps the store of the rendezvous itself and says so in `TORCHELASTIC_USE_AGENT_STORE`; here rank 0 keeps it.
  package static func variables(rank: Int, of count: Int, port: Int, _ environment: [String: String])
    -> [String: String]
  {
    var result = environment
    let own = [
      "RANK": "\(rank)", "LOCAL_RANK": "\(rank)", "ROLE_RANK": "\(rank)", "GROUP_RANK": "0",
      "WORLD_SIZE": "\(count)", "LOCAL_WORLD_SIZE": "\(count)", "ROLE_WORLD_SIZE": "\(count)",
      "GROUP_WORLD_SIZE": "1", "ROLE_NAME": "default",
      "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": "\(port)",
      "TORCHELASTIC_RESTART_COUNT": "0", "TORCHELASTIC_MAX_RESTARTS": "0", "TORCHELASTIC_RUN_ID": "none",
      "TORCHELASTIC_USE_AGENT_STORE": "False", "TORCHELASTIC_ERROR_FILE": "",
    ]
    result.merge(own) { $1 }
    // As torchrun, where the user has chosen nothing.
    let usual = ["TORCH_NCCL_ASYNC_ERROR_HANDLING": "1", "NCCL_ASYNC_ERROR_HANDLING": "1"]
      .merging(count > 1 ? ["OMP_NUM_THREADS": "1"] : [:]) { $1 }
    return result.merging(usual) { chosen, _ in chosen }
  }

  /// A free port on the loopback interface for torch's rendezvous; this program does not listen on it.
  package static func freePort() -> Int? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, size) == 0 && getsockname(descriptor, address, &size) == 0
      }
    }
    return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }
}
