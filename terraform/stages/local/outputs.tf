output "platform" {
  description = "What was deployed: the outputs of the platform module. Print it with `terraform output -json platform`."
  value       = module.platform
  sensitive   = true # it includes the machine client's secret
}
